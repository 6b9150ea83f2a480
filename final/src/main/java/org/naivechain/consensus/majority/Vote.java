package org.naivechain.consensus.majority;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.naivechain.ledger.Batch;

/**
 * What a member voted for last.
 *
 * @param ballot under which ballot
 * @param batch for which blocks
 */
public record Vote(
        @JsonProperty(value = "ballot", required = true) Ballot ballot,
        @JsonProperty(value = "batch", required = true) Batch batch) {}
