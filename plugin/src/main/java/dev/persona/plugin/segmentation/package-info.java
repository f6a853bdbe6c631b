/** Finding segments in the stored profiles, and writing into each profile the one it is in. */
package dev.persona.plugin.segmentation;
