/** Computing profiles anew from the stored events. */
package dev.persona.plugin.rebuild;
