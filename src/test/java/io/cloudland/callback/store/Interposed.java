package io.cloudland.callback.store;

import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** A real store behind something that delays, refuses or throws, as a test says. */
public final class Interposed {

    private Interposed() {}

    /** Decides what becomes of a call that returns a future. */
    @FunctionalInterface
    public interface Between {
        Future<?> call(String method, Supplier<Future<?>> real);
    }

    public static EventStore store(EventStore real, Between between) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (method.getReturnType() != Future.class) {
                        return invoke(real, method, arguments);
                    }
                    return between.call(method.getName(), () -> (Future<?>) invoke(real, method, arguments));
                });
    }

    private static Object invoke(EventStore real, Method method, Object[] arguments) {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
