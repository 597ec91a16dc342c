"""The specification of sealing -> a reader in another language. Does it say everything?"""
