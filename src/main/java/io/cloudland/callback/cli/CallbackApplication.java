package io.cloudland.callback.cli;

import io.cloudland.callback.error.CallbackException;
import io.cloudland.callback.error.ErrorCode;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.launcher.application.ExitCodes;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service under Vert.x's own launcher, with this application's exit codes and a limit on its stop. */
final class CallbackApplication extends VertxApplication implements VertxApplicationHooks {

    private static final Logger log = LoggerFactory.getLogger("callback");

    private final ShutdownWatchdog watchdog;
    private final boolean clustered;
    private volatile @Nullable Throwable deploymentFailure;

    CallbackApplication(List<String> args, boolean clustered, ShutdownWatchdog watchdog) {
        super(args.toArray(String[]::new), null, false, false);
        this.clustered = clustered;
        this.watchdog = watchdog;
    }

    /** Starts the service. It runs on after 0. */
    int start() {
        int code = launch();
        return code == 0 ? Main.OK : failed(code);
    }

    private int failed(int code) {
        Logging.flush();
        boolean wrongCall = code == ExitCodes.USAGE
                || (deploymentFailure instanceof CallbackException ours && ours.code() == ErrorCode.CONFIG_INVALID);
        return wrongCall ? Main.USAGE : Main.FAILED;
    }

    @Override
    public void beforeStartingVertx(HookContext context) {
        watchdog.install();
        if (clustered) {
            judge(context.vertxOptions().getEventBusOptions());
        }
    }

    private void judge(EventBusOptions bus) {
        BusTls.problem(bus).ifPresent(problem -> {
            CallbackException refused = new CallbackException(ErrorCode.CONFIG_INVALID, problem);
            deploymentFailure = refused;
            log.error(refused.getMessage());
            throw refused;
        });
        BusTls.warning(bus).ifPresent(log::warn);
    }

    @Override
    public void afterVerticleDeployed(HookContext context) {
        if (!context.vertx().isClustered()) {
            log.warn("not clustered: no other process can send commands to this one; start it with -cluster, or embed"
                    + " it in the host that sends them");
        }
    }

    @Override
    public void afterFailureToDeployVerticle(HookContext context, @Nullable Throwable failure) {
        deploymentFailure = failure;
        context.vertx().close();
    }

    @Override
    public void afterVertxStopped(HookContext context) {
        Logging.flush();
    }

    @Override
    public void afterFailureToStopVertx(HookContext context, @Nullable Throwable failure) {
        Logging.flush();
    }
}
