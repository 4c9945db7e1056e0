package io.cloudland.callback.ingest;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.observe.CommandListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it hears. */
public final class RecordingListener implements CommandListener {

    public final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void accepted(int events) {
        heard.add("accepted " + events);
    }

    @Override
    public void ignored(String reason) {
        heard.add("ignored " + reason);
    }

    @Override
    public void refused(ErrorCode code) {
        heard.add("refused " + code);
    }
}
