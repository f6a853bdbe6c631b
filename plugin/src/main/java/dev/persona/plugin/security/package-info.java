/** On whose behalf the plugin acts when nobody has called it. */
package dev.persona.plugin.security;
