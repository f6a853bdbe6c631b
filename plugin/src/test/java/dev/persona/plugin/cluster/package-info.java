/** The plugin on a cluster of two nodes, called over HTTP. */
package dev.persona.plugin.cluster;
