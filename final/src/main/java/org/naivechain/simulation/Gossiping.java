package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.gossip.Gossip;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.GossipListener;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.slf4j.helpers.NOPLogger;

/** A node that gossips and does nothing else, until it is killed. For one thread. */
final class Gossiping implements CommandHandler<Command>, GossipListener, Time {
    private static final Height HEIGHT = new Height(1, 0, Block.GENESIS.hash());

    private final Peer self;
    private final VirtualTime time;
    private final Consumer<Rumour> heard;
    private final Gossip gossip;
    private boolean dead;

    /** A node on a network, and who is told what it hears. */
    Gossiping(Peer self, VirtualTime time, VirtualNetwork network, Random random, Consumer<Rumour> heard) {
        this.self = self;
        this.time = time;
        this.heard = heard;
        Network port = network.from(self);
        gossip = new Gossip(
                self,
                this,
                new Gossip.Ports(
                        port, this, random, NOPLogger.NOP_LOGGER, new Complaints(NOPLogger.NOP_LOGGER, time::now)));
        network.connect(self.address(), this);
    }

    Peer self() {
        return self;
    }

    Gossip gossip() {
        return gossip;
    }

    void kill(VirtualNetwork network) {
        dead = true;
        network.crash(self.address());
    }

    @Override
    public void receive(Sender sender, Command command, Consumer<Reply> answer) {
        if (command instanceof GossipCommand told) {
            gossip.receive(sender, told, answer);
        } else {
            answer.accept(new Reply.Pong(self.id()));
        }
    }

    @Override
    public Height height() {
        return HEIGHT;
    }

    @Override
    public List<Peer> registered() {
        return List.of();
    }

    @Override
    public void heard(Rumour rumour) {
        heard.accept(rumour);
    }

    @Override
    public void grown(Rumour rumour) {}

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(delay, () -> {
            if (!dead) {
                action.run();
            }
        });
    }
}
