"""The processes of a running installation: web workers and the queue's worker, and who watches over them."""
