package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a member voted for last.
 *
 * @param ballot under which ballot
 * @param batch for which blocks
 */
public record Vote(
        @JsonProperty(value = "ballot", required = true) Ballot ballot,
        @JsonProperty(value = "batch", required = true) Batch batch) {}
