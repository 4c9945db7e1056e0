package io.cloudland.callback.config;

import java.util.List;

/**
 * A configuration that passed every check.
 *
 * @param warnings what an operator should know at the start, a line each
 * @param report the effective configuration as TOML-like lines, each with where its value came from; secrets hidden
 */
public record LoadedConfig(CallbackConfig config, List<String> warnings, String report) {}
