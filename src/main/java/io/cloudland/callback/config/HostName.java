package io.cloudland.callback.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine. */
final class HostName {

    private static final String UNKNOWN = "localhost";

    private HostName() {}

    /** As the system has it: asked only where nothing was configured, while the configuration is read. */
    static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return UNKNOWN;
        }
    }
}
