package io.cloudland.callback.cli;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code run}: those that this application minds, and the others, which go to the launcher as they are.
 *
 * <p>As the launcher reads them: with one dash or two, in any case, the value behind a blank or behind {@code =}.
 *
 * @param clusterHost the address that the cluster is to listen on, where one is named
 * @param clusterMembers the addresses of all nodes, parted by commas, where they are named
 * @param others neither {@code -conf}, {@code -instances} nor the cluster's addresses, in their order
 */
record RunArguments(
        Optional<String> conf,
        boolean cluster,
        Optional<String> clusterHost,
        Optional<String> clusterMembers,
        List<String> others) {

    static final String VERTICLE = "io.cloudland.callback.CallbackVerticle";

    private static final Set<String> FLAGS = Set.of("c", "cluster", "w", "worker", "vt", "virtual-thread", "h", "help");

    /**
     * Sorts the arguments.
     *
     * @throws CallbackException {@code CONFIG_INVALID}, for what this application cannot run
     */
    static RunArguments parse(List<String> args) {
        Deque<String> rest = new ArrayDeque<>(args);
        Optional<String> conf = Optional.empty();
        boolean cluster = false;
        Optional<String> clusterHost = Optional.empty();
        Optional<String> clusterMembers = Optional.empty();
        List<String> others = new ArrayList<>();
        while (!rest.isEmpty()) {
            String arg = rest.pop();
            String name = name(arg);
            switch (name) {
                case "conf" -> conf = Optional.of(value(arg, rest));
                case "cluster-host" -> clusterHost = Optional.of(value(arg, rest));
                case "cluster-members" -> clusterMembers = Optional.of(value(arg, rest));
                case "instances" -> refuseInstances(value(arg, rest));
                case "" -> refuseOtherVerticle(arg);
                default -> {
                    cluster |= name.equals("c") || name.equals("cluster");
                    pass(arg, name, rest, others);
                }
            }
        }
        if (clusterMembers.isPresent() && !cluster) {
            throw invalid("-cluster-members needs -cluster");
        }
        return new RunArguments(conf, cluster, clusterHost, clusterMembers, List.copyOf(others));
    }

    /** An option's name in lower case; empty for what is not an option. */
    private static String name(String arg) {
        String name = arg.replaceFirst("^--?", "");
        return name.equals(arg) ? "" : name.replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
    }

    private static String value(String arg, Deque<String> rest) {
        int equals = arg.indexOf('=');
        if (equals >= 0) {
            return arg.substring(equals + 1);
        }
        if (rest.isEmpty()) {
            throw invalid(arg + " needs a value");
        }
        return rest.pop();
    }

    private static void pass(String arg, String name, Deque<String> rest, List<String> others) {
        others.add(arg);
        if (!FLAGS.contains(name) && !arg.startsWith("-D") && arg.indexOf('=') < 0 && !rest.isEmpty()) {
            others.add(rest.pop());
        }
    }

    private static void refuseInstances(String instances) {
        if (!instances.equals("1")) {
            throw invalid(
                    "-instances " + instances + " cannot be: several instances of the service would break the order"
                            + " of events. Set workers = " + instances + " in [callback] instead");
        }
    }

    private static void refuseOtherVerticle(String verticle) {
        if (!verticle.equals(VERTICLE)) {
            throw invalid("'" + verticle + "' is neither a command nor an option; 'help' lists the commands");
        }
    }

    private static CallbackException invalid(String text) {
        return new CallbackException(ErrorCode.CONFIG_INVALID, text);
    }

    /** What the launcher is given: our verticle, its configuration, and the others; the event bus stays on loopback. */
    List<String> forLauncher(String verticleConfig) {
        List<String> args = new ArrayList<>(List.of(VERTICLE, "-conf", verticleConfig));
        args.addAll(others);
        if (cluster || clusterHost.isPresent()) {
            args.addAll(List.of("-cluster-host", host()));
        }
        return args;
    }

    /** Where the cluster listens: on loopback alone, unless told otherwise. */
    String host() {
        return clusterHost.orElse("127.0.0.1");
    }
}
