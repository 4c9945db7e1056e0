package io.cloudland.callback.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.cloudland.callback.time.VirtualTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A change of the file takes effect once it is right, and a wrong one is told once. */
@ExtendWith(VertxExtension.class)
class ConfigWatchTest {

    private static final String WRONG = "[callback]\nworkers = \"three\"\n";

    /** Keeps what the watch logs. */
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }

        List<String> at(Level level) {
            return events.stream()
                    .filter(event -> event.getLevel() == level)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    @TempDir
    Path directory;

    private final VirtualTimers timers = new VirtualTimers();
    private final List<LoadedConfig> heard = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final Log log = new Log();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ConfigWatch.class);
    private ConfigFile file;
    private ConfigWatch watch;

    @BeforeEach
    void start(Vertx vertx) {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        file = new ConfigFile(directory, ConfigFile.MINIMAL);
        SourceFiles read = new SourceFiles();
        watch = new ConfigWatch(vertx, timers, this::load, file.load(read), read, this::hear);
        watch.start();
        look(3);
    }

    @AfterEach
    void stop() {
        watch.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private LoadedConfig load(SourceFiles files) {
        loads.incrementAndGet();
        threads.add(Thread.currentThread().getName());
        return file.load(files);
    }

    private void hear(LoadedConfig config) {
        heard.add(config);
        if (config.config().workers() == 64) {
            throw new IllegalStateException("the listener broke");
        }
    }

    /** Lets the watch look so many times; each look ends by planning the next. */
    private void look(int times) {
        for (int i = 0; i < times; i++) {
            untilPlanned(1);
            timers.advance(Duration.ofSeconds(1));
        }
        untilPlanned(1);
    }

    private void untilPlanned(int looks) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> timers.scheduled() == looks);
    }

    private void replace(String text) {
        file.replace(text);
        look(2);
    }

    private static String workers(int workers) {
        return ConfigFile.MINIMAL + "workers = " + workers + "\n";
    }

    private List<Integer> heardWorkers() {
        return heard.stream().map(config -> config.config().workers()).toList();
    }

    @Test
    void nothing_is_told_while_nothing_changes() {
        look(5);
        assertThat(heard).isEmpty();
        assertThat(log.events).isEmpty();
        assertThat(loads).hasValue(0);
    }

    @Test
    void a_right_change_is_told_once() {
        replace(workers(7));
        look(3);
        assertThat(heardWorkers()).containsExactly(7);
        assertThat(log.at(Level.INFO)).containsExactly(file.path() + " changed and is right; taking it over");
    }

    @Test
    void files_are_read_off_the_event_loop() {
        replace(workers(7));
        assertThat(threads).isNotEmpty().noneMatch(name -> name.contains("eventloop"));
    }

    @Test
    void a_change_that_says_the_same_is_not_told() {
        replace("# a comment\n" + ConfigFile.MINIMAL + "workers = 3\n");
        assertThat(heard).isEmpty();
        assertThat(loads).hasValue(1);
    }

    @Test
    void a_file_still_being_written_is_left_alone() {
        file.replace("[callback]\nur");
        look(1);
        replace(workers(7));
        assertThat(heardWorkers()).containsExactly(7);
        assertThat(log.at(Level.WARN)).isEmpty();
    }

    @Test
    void a_wrong_file_changes_nothing_and_is_told_once_with_all_problems() {
        replace(WRONG);
        look(4);
        assertThat(heard).isEmpty();
        assertThat(log.at(Level.WARN))
                .singleElement()
                .asString()
                .contains(
                        "changed and is wrong; the running configuration stays in effect. CB-1401 CONFIG_INVALID",
                        "callback.url is required",
                        "config.toml:2:11 callback.workers must be");
    }

    @Test
    void each_wrong_version_is_told() {
        replace(WRONG);
        replace(WRONG + "timeout = 0\n");
        assertThat(log.at(Level.WARN)).hasSize(2);
    }

    @Test
    void a_file_made_right_again_is_told_as_healed() {
        replace(WRONG);
        replace(ConfigFile.MINIMAL);
        assertThat(log.at(Level.INFO)).containsExactly(file.path() + " is right again");
        assertThat(heard).isEmpty();
        replace(WRONG);
        replace(workers(8));
        assertThat(heardWorkers()).containsExactly(8);
    }

    @Test
    void a_deleted_file_is_a_wrong_one_until_it_returns() throws Exception {
        Files.delete(file.path());
        look(4);
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("there is no such file");
        replace(workers(5));
        assertThat(heardWorkers()).containsExactly(5);
        assertThat(log.at(Level.INFO)).contains(file.path() + " is right again");
    }

    @Test
    void a_listener_that_fails_does_not_end_the_watch() {
        replace(workers(64));
        replace(workers(4));
        assertThat(heardWorkers()).containsExactly(64, 4);
        assertThat(log.at(Level.ERROR)).singleElement().asString().contains("restart to be sure");
    }

    @Test
    void a_closed_watch_looks_no_more() {
        watch.close();
        untilPlanned(0);
        file.replace(workers(7));
        timers.advance(Duration.ofMinutes(1));
        assertThat(timers.scheduled()).isZero();
        assertThat(heard).isEmpty();
    }
}
