/** The crash test: a service that is killed again and again under load, and the account of what became of every command. */
package io.cloudland.callback.cli.crash;
