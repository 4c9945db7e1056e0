/** The commands that ask a running service through its control socket. */
package io.cloudland.callback.cli.control;
