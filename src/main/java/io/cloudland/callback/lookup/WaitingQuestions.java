package io.cloudland.callback.lookup;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The questions that have no answer yet, and those among them that wait to be asked. Confined to one event loop. */
final class WaitingQuestions {

    private final Set<OpenQuestion> open = new LinkedHashSet<>();
    private final Set<OpenQuestion> neverAsked = new LinkedHashSet<>();
    private final Set<OpenQuestion> failed = new LinkedHashSet<>();

    void add(OpenQuestion question) {
        open.add(question);
        neverAsked.add(question);
    }

    /** It is to be asked again. */
    void again(OpenQuestion question) {
        if (open.contains(question)) {
            failed.add(question);
        }
    }

    boolean isOpen(OpenQuestion question) {
        return open.contains(question);
    }

    /** Those never asked go first: a question that failed may be one that always fails. */
    @Nullable
    OpenQuestion next() {
        OpenQuestion next = poll(neverAsked);
        return next != null ? next : poll(failed);
    }

    private static @Nullable OpenQuestion poll(Set<OpenQuestion> questions) {
        Iterator<OpenQuestion> first = questions.iterator();
        if (!first.hasNext()) {
            return null;
        }
        OpenQuestion question = first.next();
        first.remove();
        return question;
    }

    /** It has its answer; false where it had one before. */
    boolean remove(OpenQuestion question) {
        neverAsked.remove(question);
        failed.remove(question);
        return open.remove(question);
    }

    /** Takes all of them out. */
    List<OpenQuestion> drain() {
        List<OpenQuestion> ended = List.copyOf(open);
        open.clear();
        neverAsked.clear();
        failed.clear();
        return ended;
    }

    int size() {
        return open.size();
    }
}
