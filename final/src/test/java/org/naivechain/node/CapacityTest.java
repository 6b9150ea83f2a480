package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {
    @Test
    void fewFilesAreSharedSoThatTheNodeHasSomeLeft() throws StartFailure {
        assertThat(Capacity.of(192)).isEqualTo(new Capacity(32, 16));
        assertThat(Capacity.of(256)).isEqualTo(new Capacity(64, 32));
        assertThat(Capacity.of(256).isReduced()).isTrue();
    }

    @Test
    void manyFilesLeaveTheLimitsAsTheyAre() throws StartFailure {
        assertThat(Capacity.of(1_024 * 1_024)).isEqualTo(new Capacity(500, 500));
        assertThat(Capacity.of(Long.MAX_VALUE)).isEqualTo(new Capacity(500, 500));
        assertThat(Capacity.of(4_096).isReduced()).isFalse();
    }

    @Test
    void tooFewAreRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Capacity.of(191))
                .isInstanceOf(StartFailure.class)
                .hasMessage("this process may have 191 files and sockets open, and a node needs at least 192: raise the"
                        + " limit (ulimit -n 4096)");
    }
}
