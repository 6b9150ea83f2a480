package org.naivechain.consensus.majority;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.naivechain.ledger.Batch;

/** The last vote of a member, under a ballot and for a batch: the one of which phase 1b of Paxos tells the next proposer. */
public record Vote(
        @JsonProperty(value = "ballot", required = true) Ballot ballot,
        @JsonProperty(value = "batch", required = true) Batch batch) {}
