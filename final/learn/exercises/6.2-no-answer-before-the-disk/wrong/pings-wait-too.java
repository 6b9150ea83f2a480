    private CommandHandler<PeerCommand> whenDurable(PeerHandler handler) {
        return (sender, command, answer) -> handler.receive(
                sender, command, reply -> durability.whenDurable(() -> answer.accept(reply)));
    }
