package io.cloudland.callback.config;

import java.util.List;

/** Where the keys and values of a tree stand. */
interface Places {

    /** Those of a tree that is no text. */
    Places NOWHERE = new Places() {
        @Override
        public Origin key(List<String> path) {
            return Origin.HOST;
        }

        @Override
        public Origin value(List<String> path) {
            return Origin.HOST;
        }

        @Override
        public Origin element(List<String> array, int index) {
            return Origin.HOST;
        }

        @Override
        public Places inElement(List<String> array, int index, int depth) {
            return this;
        }
    };

    Origin key(List<String> path);

    Origin value(List<String> path);

    /** Where an element of an array stands. */
    Origin element(List<String> array, int index);

    /**
     * Those inside a table of an array.
     *
     * @param depth how many parts of a path lead to that table
     */
    Places inElement(List<String> array, int index, int depth);
}
