@rem npm scripts begin with "exec", so that signals sent to npm reach the program; the shell of Windows finds it here.
@%*
