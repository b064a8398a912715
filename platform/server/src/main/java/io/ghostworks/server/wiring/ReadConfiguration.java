package io.ghostworks.server.wiring;

import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.settings.Settings;

/** What {@code ghostworks.yml} and the files that it names say, read together. */
record ReadConfiguration(Settings settings, ConfigurationFiles files) {}
