package io.cloudland.callback.delivery;

/** Whether an endpoint wants to be sent events at all. Immutable; {@link HandshakeRules} says what follows from what. */
sealed interface Consent {

    /** Of an endpoint that nobody asks. */
    Consent UNASKED = new Given(0);

    /** As it is for other lanes, of whom nobody is asking yet. */
    Consent forOtherLanes();

    /**
     * It does.
     *
     * @param perMinute how many requests a minute it allows; 0 for any number
     */
    record Given(long perMinute) implements Consent {
        @Override
        public Consent forOtherLanes() {
            return this;
        }
    }

    /**
     * It has not agreed yet.
     *
     * @param refusals how often it was asked in vain
     * @param next when it may be asked again
     * @param asking whether somebody is asking
     */
    record Wanted(Moment since, String why, int refusals, Moment next, boolean asking) implements Consent {

        Wanted asked() {
            return new Wanted(since, why, refusals, next, true);
        }

        Wanted refused(String newWhy, Moment newNext) {
            return new Wanted(since, newWhy, refusals + 1, newNext, false);
        }

        /** Somebody wants to know at once. */
        Wanted againAt(Moment newNext) {
            return new Wanted(since, why, refusals, newNext, asking);
        }

        @Override
        public Consent forOtherLanes() {
            return new Wanted(since, why, refusals, next, false);
        }
    }
}
