/** What runs here: versions, native libraries, loaded models, node by node. */
package dev.persona.plugin.info;
