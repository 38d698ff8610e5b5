"""Forms of the house: every Django form comes out through `serai/components/_field.html`."""
