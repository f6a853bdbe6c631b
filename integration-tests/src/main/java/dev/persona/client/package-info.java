/** Talking to a node over HTTP, as a shop would. */
package dev.persona.client;
