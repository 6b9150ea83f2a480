    private CommandHandler<PeerCommand> whenDurable(PeerHandler handler) {
        return (sender, command, answer) -> {
            if (command instanceof PeerCommand.Ping) {
                handler.receive(sender, command, answer);
            } else {
                durability.whenDurable(() -> handler.receive(sender, command, answer));
            }
        };
    }
