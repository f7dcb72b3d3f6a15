"""The server for language-model clients: what may be asked, what may be read, and the protocol around it."""
