/** A service in a JVM of its own, for whoever wants to kill it. */
package io.cloudland.callback.cli.jvm;
