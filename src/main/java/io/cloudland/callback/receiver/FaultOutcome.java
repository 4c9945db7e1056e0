package io.cloudland.callback.receiver;

/** Books what the faults made of an event. */
record FaultOutcome(EventIntake intake, Exchange exchange) {

    /** Answers 2xx after all. */
    void take(int status) {
        intake.take(exchange, status);
    }

    /** Books an event that was answered with a fault. */
    void reject(Fault fault) {
        intake.reject(exchange, "fault " + fault.text());
    }
}
