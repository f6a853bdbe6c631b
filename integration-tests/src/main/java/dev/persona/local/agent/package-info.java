/** The Java agent that a node attaches to itself to put its entitlements in force. */
package dev.persona.local.agent;
