/** Taking events in: the REST call, the item facts stored with them, their index. */
package dev.persona.plugin.event;
