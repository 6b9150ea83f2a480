package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A node in the table. Kept small, as a network of n nodes has n * n of them. For the node's thread only. */
final class KnownNode {
    private Rumour rumour;
    private Contact contact = Contact.NEVER;
    /** When it came to be in its state. */
    private Instant since;
    /** How often it was passed on since. */
    private int passedOn;

    private boolean news;

    KnownNode(Rumour rumour, Instant since) {
        this.rumour = rumour;
        this.since = since;
    }

    PeerId id() {
        return rumour.id();
    }

    PeerAddress address() {
        return rumour.address();
    }

    Rumour rumour() {
        return rumour;
    }

    Contact contact() {
        return contact;
    }

    Instant since() {
        return since;
    }

    boolean isAlive() {
        return rumour.isAlive();
    }

    boolean isGone() {
        return rumour.isGone();
    }

    void become(Rumour now) {
        rumour = now;
    }

    void remainsSince(Instant moment) {
        since = moment;
    }

    void heard(Instant now) {
        // Many may be heard at one moment of a virtual clock; one object tells as much as two.
        if (!contact.lastSeen().equals(now)) {
            contact = contact.heard(now);
        }
    }

    void answered(Instant now, Duration took) {
        contact = contact.answered(now, took);
    }

    boolean isNews() {
        return news;
    }

    void isNews(boolean now) {
        news = now;
        passedOn = 0;
    }

    /** Notes that it was passed on once more, and says how often that makes. */
    int passOn() {
        return ++passedOn;
    }

    Seen seen() {
        return new Seen(
                rumour,
                contact.isTimed() ? Optional.of(contact.roundTrip()) : Optional.empty(),
                contact.isNever() ? Optional.empty() : Optional.of(contact.lastSeen()));
    }
}
