package io.cloudland.callback.store.rocksdb;

/** Frees native objects, whose {@code close} throws nothing but is declared to. */
final class Natives {

    private Natives() {}

    static void close(AutoCloseable object) {
        try {
            object.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
