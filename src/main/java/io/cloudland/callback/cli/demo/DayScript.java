package io.cloudland.callback.cli.demo;

import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.registry.IgnoreReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the day down: what happens when, what hypervisors report in between, and what should come of each command. */
final class DayScript {

    private record Entry(Duration time, String command, List<String> args, Optional<String> error, Reply expected) {}

    private record Machine(Duration since, Duration until, String status, String hypervisor) {}

    private final Instant midnight;
    private final List<Entry> entries = new ArrayList<>();

    /** What the status reports see: for each instance its statuses, one after the other. */
    private final Map<Long, List<Machine>> machines = new TreeMap<>();

    DayScript(Instant midnight) {
        this.midnight = midnight;
    }

    /** A command that makes one event. */
    void at(String time, String command, String... args) {
        entries.add(new Entry(clock(time), command, List.of(args), Optional.empty(), Reply.accepted(1)));
    }

    void ignored(Duration time, String command, String... args) {
        Reply reply = Reply.ignored(IgnoreReason.NOT_REGISTERED);
        entries.add(new Entry(time, command, List.of(args), Optional.empty(), reply));
    }

    void failed(String time, String error, String command, String... args) {
        Reply reply = Reply.ignored(IgnoreReason.FAILED);
        entries.add(new Entry(clock(time), command, List.of(args), Optional.of(error), reply));
    }

    void refused(String time, ErrorCode code, String command, String... args) {
        entries.add(new Entry(clock(time), command, List.of(args), Optional.empty(), Reply.refused(code)));
    }

    /** From then on the reports say this of the instance. */
    void reported(String time, long instance, String status, String hypervisor) {
        List<Machine> history = machines.computeIfAbsent(instance, id -> new ArrayList<>());
        Duration since = clock(time);
        if (!history.isEmpty()) {
            Machine last = history.remove(history.size() - 1);
            history.add(new Machine(last.since(), since, last.status(), last.hypervisor()));
        }
        history.add(new Machine(since, Duration.ofHours(24), status, hypervisor));
    }

    /** From then on no report speaks of the instance. */
    void gone(String time, long instance) {
        reported(time, instance, "", "");
    }

    /**
     * One hypervisor's report of the instances it runs.
     *
     * @param changed how many of them it shows in a status that no command told of
     */
    void statusReport(Duration time, String hypervisor, int changed) {
        String pairs = machines.entrySet().stream()
                .flatMap(machine -> machine.getValue().stream()
                        .filter(state -> state.hypervisor().equals(hypervisor))
                        .filter(state -> state.since().compareTo(time) <= 0
                                && state.until().compareTo(time) > 0)
                        .map(state -> machine.getKey() + " " + state.status()))
                .collect(Collectors.joining(" "));
        if (!pairs.isEmpty()) {
            Reply reply = changed > 0 ? Reply.accepted(changed) : Reply.ignored(IgnoreReason.UNCHANGED);
            entries.add(new Entry(time, "inst_status", List.of(hypervisor, pairs), Optional.empty(), reply));
        }
    }

    static Duration clock(String time) {
        return Duration.ofSeconds(LocalTime.parse(time).toSecondOfDay());
    }

    /** All of it in the order of the day; what happens at the same minute stays in the order it was written. */
    List<Step> steps() {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::time))
                .map(entry -> new Step(
                        midnight.plus(entry.time()), entry.command(), entry.args(), entry.error(), entry.expected()))
                .toList();
    }
}
