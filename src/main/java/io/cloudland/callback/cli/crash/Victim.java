package io.cloudland.callback.cli.crash;

import static io.cloudland.callback.cli.crash.Waiting.await;

import io.cloudland.callback.cli.jvm.ServiceJvm;
import io.vertx.core.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The service that is killed and started again on the same store, with what is counted of it. The directing thread owns it. */
final class Victim implements AutoCloseable {

    private final Context context;
    private final ServiceJvm.Setup setup;
    private final Optional<PowerLoss> power;
    private final List<Duration> restarts = new ArrayList<>();
    private @Nullable ServiceJvm alive;
    private int kills;

    private Victim(Context context, ServiceJvm.Setup setup, Optional<PowerLoss> power) {
        this.context = context;
        this.setup = setup;
        this.power = power;
    }

    /** One as the plan wants it, which delivers to this URL. Nothing is started yet. */
    static Victim of(CrashPlan plan, String url, Path directory, Context context) {
        Path store = directory.resolve("store");
        ServiceJvm.Setup setup = ServiceJvm.Setup.withoutLookup(plan.serviceConfig(url, store), directory);
        if (plan.powerLoss().isEmpty()) {
            return new Victim(context, setup, Optional.empty());
        }
        PowerLoss power = new PowerLoss(store, directory.resolve("power"), new Random(plan.seed()));
        Map<String, String> environment = power.environment(plan.powerLoss().get());
        return new Victim(context, setup.withEnvironment(environment), Optional.of(power));
    }

    /** Starts it, without waiting until it can be used. */
    ServiceJvm start() {
        onDisk(PowerLoss::begin);
        ServiceJvm started = ServiceJvm.start(context, setup);
        alive = started;
        return started;
    }

    /** Starts it and waits until it takes commands. */
    ServiceJvm startAndWait() {
        ServiceJvm service = start();
        Duration took = await(service.up());
        if (kills > 0) {
            restarts.add(took);
        }
        return service;
    }

    /** Kills it, and cuts the power where the plan wants it. All that it had said has been heard then. */
    void kill() {
        ServiceJvm service = alive;
        if (service == null) {
            throw new IllegalStateException("there is no service to kill");
        }
        service.kill();
        kills++;
        await(service.ended());
        onDisk(PowerLoss::strike);
    }

    @FunctionalInterface
    private interface DiskAction {
        void on(PowerLoss power) throws IOException;
    }

    private void onDisk(DiskAction action) {
        if (power.isPresent()) {
            try {
                action.on(power.get());
            } catch (IOException failure) {
                throw new IllegalStateException("the power cut cannot be imitated: " + failure, failure);
            }
        }
    }

    int kills() {
        return kills;
    }

    /** How long each start after a kill took until commands were taken. */
    List<Duration> restarts() {
        return List.copyOf(restarts);
    }

    /** Stops it in good order, where it lives. */
    @Override
    public void close() {
        if (alive != null) {
            alive.close();
        }
    }
}
