package io.cloudland.callback.http;

import io.cloudland.callback.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes to an endpoint with a name: resolved, every address checked, one of them pinned.
 *
 * <p>Whoever connects is given the checked address itself and never the name, so that nobody resolves it a second time and
 * comes to another. The name is asked for again after a second, which the resolver answers from its cache for as long as
 * the name servers allow. While an answer is under way the pinned address is used on for some seconds, and for some minutes
 * where there is none. An address in use stays in use while the name still leads to it.
 */
final class ResolvedRoutes implements Routes {

    static final Duration FRESH = Duration.ofSeconds(1);
    static final Duration USED_MEANWHILE = Duration.ofSeconds(5);
    static final Duration KEPT_WITHOUT_ANSWER = Duration.ofMinutes(5);
    static final Duration QUESTION_IS_LOST = Duration.ofSeconds(10);

    /** An answer of the resolver, judged. */
    private record Known(Future<Route> route, @Nullable InetAddress address) {}

    private final Target target;
    private final PinnedRequests requests;
    private final AddressPolicy policy;
    private final HostResolver resolver;
    private final TimeSource time;
    private @Nullable Known known;
    private long knownSince;
    /** Where nobody could connect since somebody last did, the longest ago first; no more than the last answer has. */
    private final Set<InetAddress> failed = new LinkedHashSet<>();

    private @Nullable Future<Route> asked;
    private long askedAt;

    ResolvedRoutes(
            Target target, PinnedRequests requests, AddressPolicy policy, HostResolver resolver, TimeSource time) {
        this.target = target;
        this.requests = requests;
        this.policy = policy;
        this.resolver = resolver;
        this.time = time;
    }

    @Override
    public Future<Route> next() {
        Known last = known;
        if (last != null && isYounger(knownSince, FRESH)) {
            return last.route();
        }
        Future<Route> answer = ask();
        return answer.isComplete() ? answer : whileAsking(answer);
    }

    private Future<Route> whileAsking(Future<Route> answer) {
        Known last = known;
        return last != null && isPinned(last, USED_MEANWHILE) ? last.route() : answer;
    }

    private boolean isPinned(Known answer, Duration forAsLongAs) {
        return answer.address() != null && isYounger(knownSince, forAsLongAs);
    }

    private boolean isYounger(long since, Duration age) {
        return time.nanoTime() - since < age.toNanos();
    }

    /** One question at a time, however many wait for its answer; a resolver that never answers is asked again. */
    private Future<Route> ask() {
        Future<Route> underWay = asked;
        if (underWay != null && isYounger(askedAt, QUESTION_IS_LOST)) {
            return underWay;
        }
        Promise<Route> answer = Promise.promise();
        asked = answer.future();
        askedAt = time.nanoTime();
        resolver.resolve(target.host())
                .map(this::judge)
                .recover(this::unanswered)
                .onComplete(judged -> tell(answer, judged));
        return answer.future();
    }

    private void tell(Promise<Route> answer, io.vertx.core.AsyncResult<Route> judged) {
        if (asked == answer.future()) {
            asked = null;
        }
        answer.handle(judged);
    }

    private Route judge(List<InetAddress> addresses) {
        List<InetAddress> allowed = addresses.stream()
                .filter(address -> policy.refusal(address).isEmpty())
                .toList();
        Known judged = allowed.isEmpty() ? refuse(addresses.get(0)) : pin(choose(allowed));
        known = judged;
        knownSince = time.nanoTime();
        return judged.route().result();
    }

    private InetAddress choose(List<InetAddress> allowed) {
        InetAddress last = known == null ? null : known.address();
        if (last != null && !failed.contains(last) && allowed.contains(last)) {
            return last;
        }
        failed.retainAll(allowed);
        return allowed.stream()
                .filter(address -> !failed.contains(address))
                .findFirst()
                .orElseGet(() -> failed.iterator().next());
    }

    private Known pin(InetAddress address) {
        Known last = known;
        return last != null && address.equals(last.address())
                ? last
                : new Known(Future.succeededFuture(new Route.To(requests.to(address))), address);
    }

    private Known refuse(InetAddress address) {
        String rule = policy.refusal(address).orElseThrow();
        return new Known(Future.succeededFuture(Route.Refused.of(target.host(), address, rule)), null);
    }

    /** What was checked stays good: connections may be open, and the resolver back soon. */
    private Future<Route> unanswered(Throwable failure) {
        Known last = known;
        return last != null && isPinned(last, KEPT_WITHOUT_ANSWER) ? last.route() : Future.failedFuture(failure);
    }

    @Override
    public void connected(Route route) {
        InetAddress address = addressOf(route);
        if (address != null) {
            failed.remove(address);
        }
    }

    /** The name is asked for anew before the next request, and another of its addresses taken where there is one. */
    @Override
    public void couldNotConnect(Route route) {
        InetAddress address = addressOf(route);
        if (address != null) {
            failed.remove(address); // So that it goes to the end.
            failed.add(address);
            knownSince = Math.min(knownSince, time.nanoTime() - USED_MEANWHILE.toNanos());
        }
    }

    /** Null where it is a route of before. */
    private @Nullable InetAddress addressOf(Route route) {
        Known last = known;
        return last != null && last.route().result() == route ? last.address() : null;
    }
}
