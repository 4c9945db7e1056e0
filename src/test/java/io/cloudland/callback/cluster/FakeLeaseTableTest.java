package io.cloudland.callback.cluster;

import io.cloudland.callback.time.VirtualTimers;
import java.time.Duration;

/** Holds the fake to the contract that the real one is held to. */
class FakeLeaseTableTest extends LeaseTableContract {

    private final VirtualTimers time = new VirtualTimers();
    private final FakeLeaseTable table = new FakeLeaseTable(time, 256);

    @Override
    protected LeaseTable table() {
        return table;
    }

    @Override
    protected void pass(Duration duration) {
        time.advance(duration);
    }
}
