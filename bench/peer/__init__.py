"""A site of the same content on Wagtail, as its documentation has one written: what the portal is compared with."""
