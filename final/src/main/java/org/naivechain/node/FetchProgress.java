package org.naivechain.node;

import java.util.Optional;
import java.util.function.LongFunction;
import org.naivechain.sync.CatchUp;

/** Shows one bar for each chain that is fetched. For the node's thread, and for the thread that closes it afterwards. */
final class FetchProgress implements CatchUp.Progress, AutoCloseable {
    private final LongFunction<ChainProgress> bars;
    private Optional<ChainProgress> shown = Optional.empty();

    FetchProgress(LongFunction<ChainProgress> bars) {
        this.bars = bars;
    }

    @Override
    public void fetched(long have, long all) {
        if (shown.isEmpty() && have < all) {
            shown = Optional.of(bars.apply(all));
        }
        shown.ifPresent(bar -> bar.accept(have));
        if (have == all) {
            close();
        }
    }

    /** Ends the bar, if there is one, even if blocks are missing. */
    @Override
    public void close() {
        shown.ifPresent(ChainProgress::close);
        shown = Optional.empty();
    }
}
