package io.cloudland.callback.cli.demo;

import io.cloudland.callback.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A day of a small cloud: two hypervisors that report all the time, and what its users and its operator do. */
final class Day {

    static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");

    private static final List<String> HYPERVISORS = List.of("3", "5");

    private Day() {}

    /** What is there before the day begins, or is asked for in it. */
    static void populate(SimulatedCloud cloud) {
        cloud.addRunningInstance(101, 4, "3");
        cloud.addRunningInstance(102, 4, "5");
        for (long id = 127; id <= 132; id++) {
            cloud.addInstance(id, id % 2 == 0 ? 2 : 4);
        }
        for (long id = 7; id <= 10; id++) {
            cloud.addVolume(id, 20);
        }
        cloud.addImage(5, "ubuntu-22.04");
        cloud.addImage(6, "debian-12");
        cloud.addInterface(201, 127, "52:54:00:12:34:01");
        cloud.addInterface(202, 128, "52:54:00:12:34:02");
    }

    /** Every command of the day, in order. */
    static List<Step> steps() {
        DayScript day = new DayScript(MIDNIGHT);
        images(day);
        machines(day);
        volumes(day);
        nics(day);
        mistakes(day);
        background(day);
        return day.steps();
    }

    private static void images(DayScript day) {
        day.at("07:31", "create_image", "5", "available", "qcow2", "2147483648", "v-77", "2");
        day.at("07:44", "create_image", "6", "available", "qcow2", "1610612736", "v-78", "2");
    }

    private static void machines(DayScript day) {
        day.reported("00:00", 101, "running", "3");
        day.reported("00:00", 102, "running", "5");
        launch(day, "08:02", "08:03", 127, "3");
        launch(day, "08:21", "08:22", 128, "5");
        launch(day, "09:07", "09:09", 129, "3");
        launch(day, "09:47", "09:48", 130, "5");
        launch(day, "10:33", "10:34", 131, "3");
        launch(day, "11:12", "11:13", 132, "5");
        action(day, "10:01", 128, "shut_off", "5");
        action(day, "10:16", 128, "running", "5");
        action(day, "12:31", 129, "paused", "3");
        action(day, "13:02", 129, "running", "3");
        crash(day);
        migrate(day);
        for (int i = 0; i < 4; i++) {
            clear(day, "21:0" + (2 + i), 129 + i);
        }
    }

    private static void launch(DayScript day, String asked, String runs, long id, String hypervisor) {
        day.at(asked, "launch_vm", text(id), "pending", hypervisor, "init");
        day.at(runs, "launch_vm", text(id), "running", hypervisor, "init");
        day.reported(runs, id, "running", hypervisor);
    }

    private static void action(DayScript day, String time, long id, String status, String hypervisor) {
        day.at(time, "action_vm", text(id), status);
        day.reported(time, id, status, hypervisor);
    }

    /** Nobody stopped it: only the next status report tells. The operator then starts it again. */
    private static void crash(DayScript day) {
        day.reported("15:41", 102, "shut_off", "5");
        action(day, "16:04", 102, "running", "5");
    }

    private static void migrate(DayScript day) {
        day.gone("14:11", 127);
        day.at("14:11", "migrate_vm", "12", "2", "127", "5", "target_prepared");
        day.at("14:12", "migrate_vm", "12", "2", "127", "3", "source_prepared");
        day.at("14:14", "migrate_vm", "12", "2", "127", "5", "completed");
        day.reported("14:14", 127, "running", "5");
    }

    private static void clear(DayScript day, String time, long id) {
        day.at(time, "clear_vm", text(id));
        day.gone(time, id);
    }

    private static void volumes(DayScript day) {
        for (int i = 0; i < 4; i++) {
            String id = text(7 + i);
            day.at("08:4" + i, "create_volume_local", id, "volume-" + id + ".disk", "available", "success");
        }
        day.at("08:52", "attach_volume_local", "127", "7", "vdb");
        day.at("08:53", "attach_volume_local", "128", "8", "vdb");
        day.at("11:36", "resize_volume", "9", "success");
        day.at("11:51", "attach_volume_local", "129", "9", "vdb");
        day.at("17:21", "detach_volume_local", "128", "8");
        day.at("17:26", "resize_volume", "8", "success");
        day.at("17:41", "attach_volume_local", "127", "8", "vdc");
        day.at("20:57", "detach_volume_local", "129", "9");
    }

    private static void nics(DayScript day) {
        day.at("08:04", "attach_vm_nic", "127", "52:54:00:12:34:01", "3");
        day.at("08:24", "attach_vm_nic", "128", "52:54:00:12:34:02", "5");
        day.at("18:03", "detach_vm_nic", "128", "202", "5");
    }

    private static void mistakes(DayScript day) {
        day.failed("12:07", "no such pool", "create_volume_local", "10", "volume-10.disk", "error", "no such pool");
        day.refused("12:13", ErrorCode.INVALID_RESOURCE_ID, "action_vm", "vm-127", "running");
        day.refused("12:14", ErrorCode.RESOURCE_UNKNOWN, "action_vm", "9999", "running");
    }

    /** What arrives all the time: resources and health every 5 minutes, status reports every 20. */
    private static void background(DayScript day) {
        for (int minute = 0; minute < 24 * 60; minute += 5) {
            Duration time = Duration.ofMinutes(minute);
            String hypervisor = HYPERVISORS.get(minute / 5 % 2);
            day.ignored(time, "report_rc", "cpu=12/16", "memory=13395304/16016744", "disk=58969763392/108580577280");
            if (minute % 10 == 0) {
                hyperStatus(day, time, hypervisor);
            }
            if (minute % 20 == 0) {
                HYPERVISORS.forEach(reporting -> day.statusReport(time, reporting, changed(time, reporting)));
            }
        }
    }

    private static void hyperStatus(DayScript day, Duration time, String id) {
        String[] args = {id, "hyper-" + id, "12", "16", "13395304", "16016744", "58969763392", "108580577280", "1"};
        day.ignored(time, "hyper_status", args);
    }

    /** The day's first reports show an instance each that was never seen before; one later shows the crash. */
    private static int changed(Duration time, String hypervisor) {
        boolean first = time.isZero();
        boolean crash = time.equals(DayScript.clock("16:00")) && hypervisor.equals("5");
        return first || crash ? 1 : 0;
    }

    private static String text(long id) {
        return Long.toString(id);
    }
}
