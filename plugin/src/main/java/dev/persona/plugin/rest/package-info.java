/** The REST surface: which path calls which action. */
package dev.persona.plugin.rest;
