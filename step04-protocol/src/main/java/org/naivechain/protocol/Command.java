package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What a node may ask of another. The interface is open: each layer has commands of its own, in a sealed interface, and a
 * {@link Vocabulary} that a node installs together with what handles them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "CMD")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public interface Command {}
