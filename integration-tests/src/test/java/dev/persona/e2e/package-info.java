/** The plugin as its users meet it: over HTTP, on real nodes, installed from the zip. */
package dev.persona.e2e;
