/** Commands that come over HTTP: sent to us, or on their way to the back end through us. */
package io.cloudland.callback.ingest.http;
