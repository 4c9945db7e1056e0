package io.cloudland.callback.registry;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.cloudland.callback.model.CommandMessage;
import io.cloudland.callback.model.ResourceLocator;
import io.cloudland.callback.model.ResourceRef;
import io.cloudland.callback.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Reads {@code inst_status <hypervisor id> "<instance id> <status> <instance id> <status> ..."}.
 *
 * <p>A pair that cannot be read is a problem and spoils no other. No status is a number, so an id without its status is
 * found out and the next pair is read from the right place. An empty or missing list names nobody: the platform's own
 * decoder drops an empty argument at the end.
 */
final class StatusReportExtractor {

    private static final int REPORT = 2;

    private final CommandMessage command;
    private final List<Mention> mentions = new ArrayList<>();
    private final List<CallbackException> problems = new ArrayList<>();

    private StatusReportExtractor(CommandMessage command) {
        this.command = command;
    }

    static Extraction extract(CommandMessage command) {
        StatusReportExtractor report = new StatusReportExtractor(command);
        report.read(new StringTokenizer(command.arg(REPORT).orElse("")));
        return new Extraction(report.mentions, report.problems);
    }

    private void read(StringTokenizer words) {
        String id = next(words);
        while (!id.isEmpty()) {
            String status = next(words);
            if (status.isEmpty() || isNumber(status)) {
                problems.add(withoutStatus(id));
                id = status;
            } else {
                readPair(id, status);
                id = next(words);
            }
        }
    }

    private static String next(StringTokenizer words) {
        return words.hasMoreTokens() ? words.nextToken() : "";
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void readPair(String id, String status) {
        try {
            long instance = CommandArguments.id(command, REPORT, ResourceType.INSTANCE, id);
            ResourceRef resource = new ResourceRef(ResourceType.INSTANCE, instance);
            mentions.add(new Mention(new ResourceLocator.ById(resource), Optional.of(status), true));
        } catch (CallbackException problem) {
            problems.add(problem);
        }
    }

    private CallbackException withoutStatus(String id) {
        return new CallbackException(
                ErrorCode.INVALID_COMMAND_LINE,
                "command " + command.name() + ": args[" + REPORT
                        + "] should be pairs of an instance's id and its status," + " but " + CommandArguments.shown(id)
                        + " has no status behind it");
    }
}
