/** The application around the library: the {@code main} class and its commands. */
package io.cloudland.callback.cli;
