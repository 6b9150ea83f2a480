package org.naivechain.node;

import java.util.Optional;
import java.util.function.LongFunction;
import org.naivechain.sync.CatchUp;

/** One bar for each chain that is fetched. For the node's thread, and for who closes it when that has ended. */
final class FetchProgress implements CatchUp.Progress, AutoCloseable {
    private final LongFunction<ChainProgress> bars;
    private Optional<ChainProgress> shown = Optional.empty();

    /** With what makes a bar for so many blocks. */
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

    /** Ends the bar, if there is one, also in the middle. */
    @Override
    public void close() {
        shown.ifPresent(ChainProgress::close);
        shown = Optional.empty();
    }
}
